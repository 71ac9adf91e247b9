/* The map of the papers: titles on hover, arrow keys from paper to paper, and a rectangle drawn
   with the mouse that chooses papers. The events are the table's. */
const NEAR = 18; /* pixels on the screen: how far from a point a click still means it */
let start = null;
let at = null;

const map = () => element.querySelector("svg");
const points = () => [...element.querySelectorAll("circle")];
const middle = (point) => [point.cx.baseVal.value, point.cy.baseVal.value];

const place = (event) => {
  const matrix = map().getScreenCTM().inverse();
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  return [x, y];
};

const nearest = (event) => {
  const [x, y] = place(event);
  const scale = map().getScreenCTM().a;
  let best = null;
  let least = NEAR / scale;
  for (const point of points()) {
    const [px, py] = middle(point);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [best, least] = [point, distance];
  }
  return best;
};

const tell = (point) => {
  const tip = element.querySelector(".tip");
  element.querySelectorAll("circle.at").forEach((one) => one.classList.remove("at"));
  tip.hidden = !point;
  if (!point) return;
  point.classList.add("at");
  tip.textContent = point.getAttribute("aria-label");
  const frame = tip.parentElement.getBoundingClientRect();
  const box = point.getBoundingClientRect();
  const left = box.left - frame.left + box.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(4, Math.min(left, frame.width - tip.offsetWidth - 4))}px`;
  const above = box.top - frame.top - tip.offsetHeight - 8;
  tip.style.top = `${above > 0 ? above : box.bottom - frame.top + 8}px`;
};

const open = (point) => {
  at = point.dataset.id;
  trigger("click", { do: "open", id: at });
};

/* One point is reached with Tab; the arrow keys lead on from it. */
const arrive = () => {
  const all = points();
  if (!all.length || all.some((point) => point.tabIndex === 0)) return;
  (all.find((point) => point.dataset.id === at) ?? all[0]).setAttribute("tabindex", "0");
};

const go = (from, [dx, dy]) => {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const point of points()) {
    const [px, py] = middle(point);
    const ahead = (px - x) * dx + (py - y) * dy;
    const aside = Math.abs((px - x) * dy - (py - y) * dx);
    if (point === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [point, cost];
  }
  if (!best) return;
  from.setAttribute("tabindex", "-1");
  best.setAttribute("tabindex", "0");
  at = best.dataset.id;
  best.focus();
};

const draw = (event) => {
  const [x, y] = place(event);
  const frame = element.querySelector("rect.frame");
  const sides = [Math.min(x, start[0]), Math.min(y, start[1])];
  const sizes = [Math.abs(x - start[0]), Math.abs(y - start[1])];
  ["x", "y"].forEach((name, i) => frame.setAttribute(name, sides[i]));
  ["width", "height"].forEach((name, i) => frame.setAttribute(name, sizes[i]));
  return [sides, sizes];
};

element.addEventListener("pointerdown", (event) => {
  /* The frame, not the svg: its rounded corners are the frame's. */
  if (!event.target.closest("figure.map") || event.button !== 0) return;
  if (event.pointerType === "touch") return;
  event.preventDefault();
  start = place(event);
  map().setPointerCapture(event.pointerId);
});

element.addEventListener("pointermove", (event) => {
  if (!map()) return;
  if (start) {
    tell(null);
    draw(event);
  } else tell(event.target.closest("svg") ? nearest(event) : null);
});

element.addEventListener("pointerup", (event) => {
  if (!start) return;
  const [[left, top], [width, height]] = draw(event);
  ["width", "height"].forEach((name) => element.querySelector("rect.frame").setAttribute(name, 0));
  start = null;
  if (Math.max(width, height) < 6) return;
  const inside = points().filter((point) => {
    const [x, y] = middle(point);
    return x >= left && x <= left + width && y >= top && y <= top + height;
  });
  /* The click that ends a drag means no point. */
  element.dataset.dragged = "yes";
  setTimeout(() => delete element.dataset.dragged, 100);
  trigger("select", { ids: inside.map((point) => point.dataset.id), chosen: true });
});

element.addEventListener("pointerleave", () => map() && !start && tell(null));

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) return trigger("click", { ...button.dataset });
  if (element.dataset.dragged) return;
  const point = event.target.closest("svg") && nearest(event);
  if (point) open(point);
});

element.addEventListener("keydown", (event) => {
  const point = event.target.closest("circle");
  if (!point) return;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (ways[event.key]) go(point, ways[event.key]);
  else if (event.key === "Enter" || event.key === " ") open(point);
  else return;
  event.preventDefault();
});

element.addEventListener("focusin", (event) => {
  const point = event.target.closest("circle");
  if (point) tell(point);
});
element.addEventListener("focusout", () => map() && tell(null));

watch("value", arrive);
arrive();
