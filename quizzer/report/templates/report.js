// The page's behaviour: readings of marks by pointer or arrow key, filters, copied commands. Without it the page still
// says everything.
const texts = new Map();
const reading = document.getElementById("reading");
const prepare = (root) => {
  for (const one of root.querySelectorAll(".plot .m")) {
    const title = one.querySelector("title");
    if (title) {
      texts.set(one, title.textContent);
      title.remove(); // else the browser shows its own, later, on top of ours
    }
  }
  for (const plot of root.querySelectorAll(".plot")) if (plot.querySelectorAll(".m").length > 1) plot.setAttribute("tabindex", "0");
};
prepare(document);
let lit = null;
const show = (one) => {
  if (lit) lit.classList.remove("lit");
  lit = one;
  reading.hidden = !one;
  if (!one) return;
  one.classList.add("lit");
  reading.textContent = texts.get(one);
  const box = one.getBoundingClientRect();
  const own = reading.getBoundingClientRect();
  const left = Math.min(Math.max(box.left + box.width / 2 - own.width / 2, 8), innerWidth - own.width - 8);
  const above = box.top - own.height - 8;
  reading.style.left = left + "px";
  reading.style.top = (above > 8 ? above : box.bottom + 8) + "px";
};
document.addEventListener("pointerover", (event) => {
  const one = event.target.closest ? event.target.closest(".plot .m") : null;
  show(texts.has(one) ? one : null);
});
// A mark reached by keys stays read while the page scrolls to it; one under the pointer has moved away.
const byKeys = () => lit && document.activeElement === lit.closest(".plot[tabindex]");
document.addEventListener("scroll", () => show(byKeys() ? lit : null), { passive: true });
document.addEventListener("focusout", () => show(null));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show(null);
  const plot = event.target.closest ? event.target.closest(".plot[tabindex]") : null;
  if (!plot) return;
  const marks = [...plot.querySelectorAll(".m")];
  const at = marks.indexOf(lit);
  const last = marks.length - 1;
  const to = { ArrowLeft: at < 0 ? last : Math.max(at - 1, 0), ArrowRight: Math.min(at + 1, last), Home: 0, End: last };
  if (!(event.key in to)) return;
  event.preventDefault();
  show(marks[to[event.key]]);
});

const filters = document.getElementById("filters");
const fields = ["deck", "tag", "kind", "span"].map((name) => document.getElementById("filter-" + name));
const told = document.getElementById("filtered");
const kept = new Map();
const replaceChart = (figure, { nodes, rows }) => {
  const drawing = figure.querySelector(".drawing");
  const body = figure.querySelector(".numbers tbody");
  if (!kept.has(figure)) kept.set(figure, [[...drawing.childNodes], [...body.childNodes]]);
  drawing.replaceChildren(...nodes);
  const cell = (text, i) => i ? make("td", { class: "num" }, text) : make("th", { scope: "row" }, text);
  const columns = figure.querySelectorAll(".numbers thead th").length;
  const empty = make("tr", {}, make("td", { colspan: columns }, "Nothing yet."));
  body.replaceChildren(...(rows.length ? rows.map((row) => make("tr", {}, ...row.map(cell))) : [empty]));
};
const restore = (figure) => {
  if (!kept.has(figure)) return;
  const [drawing, body] = kept.get(figure);
  figure.querySelector(".drawing").replaceChildren(...drawing);
  figure.querySelector(".numbers tbody").replaceChildren(...body);
};
const redraw = () => {
  show(null);
  const [deck, tag, kind, span] = fields.map((field) => Number(field.value));
  const all = deck < -1 && tag < 0 && kind < 0;
  const wanted = data.groups.map(([own, sort, tags]) =>
    (deck < -1 || own === deck) && (kind < 0 || sort === kind) && (tag < 0 || tags.includes(tag)));
  for (const name in charts) {
    const figure = document.getElementById(name);
    if (!figure) continue;
    restore(figure); // labels are read from what the page came with
    const measured = name === "year" && document.getElementById("measure").value !== "answers";
    if (!all || span < 4 || measured) replaceChart(figure, charts[name](wanted, span));
  }
  let hidden = 0;
  for (const item of document.querySelectorAll("[data-groups]")) {
    const own = item.dataset.groups.split(" ").filter(Boolean).map(Number);
    item.hidden = !all && !own.some((group) => wanted[group]);
    hidden += item.hidden;
  }
  const words = fields.filter((field) => field.selectedIndex > 0).map((field) => field.selectedOptions[0].textContent);
  const entries = hidden === 1 ? "1 entry" : number(hidden) + " entries";
  told.textContent = words.length ? "Shown: " + words.join(" · ") + (hidden ? "; " + entries + " hidden" : "") : "";
  document.getElementById("clear").hidden = !words.length;
};
if (filters) {
  filters.hidden = false;
  for (const field of fields) field.addEventListener("change", redraw);
  document.getElementById("clear").addEventListener("click", () => {
    for (const field of fields) field.selectedIndex = 0;
    redraw();
    fields[0].focus();
  });
  const measure = document.getElementById("measure");
  if (measure) {
    measure.closest("label").hidden = false;
    measure.addEventListener("change", redraw);
  }
}

if (navigator.clipboard) {
  for (const command of document.querySelectorAll(".command")) {
    const button = make("button", { type: "button", class: "copy", "aria-label": "copy " + command.textContent }, "copy");
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(command.textContent).then(
        () => { button.textContent = "copied"; setTimeout(() => { button.textContent = "copy"; }, 1500); },
        () => { button.textContent = "not allowed"; },
      );
    });
    command.after(button);
  }
}
