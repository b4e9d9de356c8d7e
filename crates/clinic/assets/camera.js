// The camera of a tablet, with the first picture of the same view laid over it. What is taken is put into the form's own file
// field, so that it is sent as any other file; without this script the field itself opens the camera.
const dialog = document.querySelector("dialog.camera");
if (dialog && navigator.mediaDevices?.getUserMedia) {
  const video = dialog.querySelector("video");
  const ghost = dialog.querySelector(".ghost");
  const ghostly = dialog.querySelector(".ghostly");
  const fault = dialog.querySelector(".fault");
  const shutter = dialog.querySelector(".shutter");
  let stream = null;
  let place = null;
  let facing = "environment";

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
  };
  const start = async () => {
    stop();
    fault.hidden = true;
    shutter.disabled = true;
    try {
      const wanted = { facingMode: facing, width: { ideal: 3840 }, height: { ideal: 2160 } };
      const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      if (!dialog.open) {
        opened.getTracks().forEach((track) => track.stop());
        return;
      }
      stream = opened;
      video.srcObject = stream;
      shutter.disabled = false;
    } catch {
      fault.textContent = dialog.dataset.fault;
      fault.hidden = false;
    }
  };
  const open = (view) => {
    place = view;
    const baseline = view.dataset.ghost;
    ghost.hidden = !baseline;
    ghostly.hidden = !baseline;
    if (baseline) ghost.src = baseline;
    dialog.showModal();
    start();
  };
  const put = (blob) => {
    const input = place.querySelector("input[type=file]");
    const files = new DataTransfer();
    if (input.multiple) for (const file of input.files) files.items.add(file);
    files.items.add(new File([blob], `${place.dataset.view}.jpg`, { type: "image/jpeg" }));
    input.files = files.files;
    place.querySelector(".taken").textContent = dialog.dataset.taken;
    dialog.close();
  };
  shutter.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((blob) => blob && put(blob), "image/jpeg", 0.95);
  });
  const opacity = ghostly.querySelector("input");
  opacity.addEventListener("input", () => ghost.style.setProperty("opacity", opacity.value / 100));
  dialog.querySelector(".turn").addEventListener("click", () => {
    facing = facing === "environment" ? "user" : "environment";
    start();
  });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
  for (const view of document.querySelectorAll("fieldset.view")) {
    const button = view.querySelector("button.camera");
    button.hidden = false;
    button.addEventListener("click", () => open(view));
  }
}
