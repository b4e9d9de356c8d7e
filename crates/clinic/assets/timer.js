// How many minutes the anaesthetic still stays on. The times themselves are on the page without it.
const tell = () => {
  const place = document.querySelector("[data-until]");
  if (!place) return;
  const [hour, minute] = place.dataset.until.split(":").map(Number);
  const now = new Date();
  let left = hour * 60 + minute - (now.getHours() * 60 + now.getMinutes());
  if (left > 720) left -= 1440;
  if (left < -720) left += 1440;
  const words = left > 0 ? place.dataset.left.replace("0", String(left)) : place.dataset.over;
  if (place.textContent !== words) place.textContent = words;
};
tell();
setInterval(tell, 1000);
