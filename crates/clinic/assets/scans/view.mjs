// Two scans side by side, seen by one camera: what turns the one turns the other. The page says everything without it.
import {
  AmbientLight, Box3, BufferGeometry, Color, DirectionalLight, Mesh, MeshStandardMaterial, PerspectiveCamera, Scene, Vector3, WebGLRenderer,
} from "three";
import { PLYLoader } from "three/addons/loaders/PLYLoader.js";

const TURN = Math.PI / 24;
const CLOSER = 0.85;

async function geometry(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const read = new PLYLoader().parse(await answer.arrayBuffer());
  read.computeVertexNormals();
  return read;
}

// Where the one camera is: around the middle of the earlier scan, looking at its skin from outside.
class View {
  constructor(read) {
    const box = new Box3().setFromBufferAttribute(read.getAttribute("position"));
    this.middle = box.getCenter(new Vector3());
    this.size = box.getSize(new Vector3()).length() || 1;
    const outward = new Vector3();
    const normals = read.getAttribute("normal");
    for (let at = 0; at < normals.count; at += 1) outward.add(new Vector3().fromBufferAttribute(normals, at));
    if (outward.length() === 0) outward.set(0, 0, 1);
    outward.normalize();
    this.first = { across: Math.atan2(outward.x, outward.z), up: Math.asin(Math.max(-1, Math.min(1, outward.y))), far: 1.3 * this.size };
    this.back();
  }

  back() {
    Object.assign(this, this.first);
  }

  turn(across, up) {
    this.across += across;
    this.up = Math.max(-1.5, Math.min(1.5, this.up + up));
  }

  zoom(times) {
    this.far = Math.max(0.05 * this.size, Math.min(6 * this.size, this.far * times));
  }

  place(camera) {
    const flat = Math.cos(this.up);
    camera.position.set(Math.sin(this.across) * flat, Math.sin(this.up), Math.cos(this.across) * flat).multiplyScalar(this.far).add(this.middle);
    camera.lookAt(this.middle);
  }
}

class Stage {
  constructor(canvas, read) {
    this.canvas = canvas;
    this.renderer = new WebGLRenderer({ canvas, antialias: true });
    this.camera = new PerspectiveCamera(30, 1, 1, 10000);
    this.scene = new Scene();
    this.scene.background = new Color(0x10181e);
    const light = new DirectionalLight(0xffffff, 2);
    // from above and beside the camera, so that a pit throws a shade
    light.position.set(-1, 1, 0.6);
    this.camera.add(light);
    const coloured = read.hasAttribute("color");
    const material = new MeshStandardMaterial({ vertexColors: coloured, color: coloured ? 0xffffff : 0xc9a58d, roughness: 0.9, side: 2 });
    this.scene.add(this.camera, new AmbientLight(0xffffff, 0.8), new Mesh(read, material));
  }

  draw(view) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
    view.place(this.camera);
    this.renderer.render(this.scene, this.camera);
  }
}

const STEPS = {
  ArrowLeft: (view) => view.turn(-TURN, 0),
  ArrowRight: (view) => view.turn(TURN, 0),
  ArrowUp: (view) => view.turn(0, TURN),
  ArrowDown: (view) => view.turn(0, -TURN),
  "+": (view) => view.zoom(CLOSER),
  "-": (view) => view.zoom(1 / CLOSER),
  0: (view) => view.back(),
};

async function open(viewer) {
  const canvases = [...viewer.querySelectorAll("canvas")];
  const reads = await Promise.all(canvases.map((canvas) => geometry(canvas.dataset.mesh)));
  const view = new View(reads[0] ?? new BufferGeometry());
  viewer.querySelector(".stages").hidden = false;
  const stages = canvases.map((canvas, at) => new Stage(canvas, reads[at]));
  let asked = false;
  const draw = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      for (const stage of stages) stage.draw(view);
      viewer.dataset.across = view.across.toFixed(3);
    });
  };
  const step = (name) => {
    STEPS[name]?.(view);
    draw();
  };
  for (const canvas of canvases) {
    canvas.addEventListener("keydown", (event) => {
      const name = event.key === "=" ? "+" : event.key;
      if (!(name in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step(name);
    });
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      view.turn(-event.movementX / 150, event.movementY / 150);
      draw();
    });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      view.zoom(event.deltaY > 0 ? 1 / CLOSER : CLOSER);
      draw();
    }, { passive: false });
  }
  for (const button of viewer.querySelectorAll("button[data-step]")) button.addEventListener("click", () => step(button.dataset.step));
  new ResizeObserver(draw).observe(viewer);
  draw();
}

for (const viewer of document.querySelectorAll(".viewer")) {
  viewer.hidden = false;
  open(viewer).catch(() => {
    viewer.querySelector(".fault").hidden = false;
  });
}
