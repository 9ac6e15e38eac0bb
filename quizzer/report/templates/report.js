// Two comforts; the page says everything without them: readings of marks by pointer or arrow key, and copied commands.
"use strict";
(() => {
  const reading = document.getElementById("reading");
  const texts = new Map();
  for (const mark of document.querySelectorAll(".plot .m")) {
    const title = mark.querySelector("title");
    if (title) {
      texts.set(mark, title.textContent);
      title.remove(); // else the browser shows its own, later, on top of ours
    }
  }
  let lit = null;
  const show = (mark) => {
    if (lit) lit.classList.remove("lit");
    lit = mark;
    reading.hidden = !mark;
    if (!mark) return;
    mark.classList.add("lit");
    reading.textContent = texts.get(mark);
    const box = mark.getBoundingClientRect();
    const own = reading.getBoundingClientRect();
    const left = Math.min(Math.max(box.left + box.width / 2 - own.width / 2, 8), innerWidth - own.width - 8);
    const above = box.top - own.height - 8;
    reading.style.left = left + "px";
    reading.style.top = (above > 8 ? above : box.bottom + 8) + "px";
  };
  document.addEventListener("pointerover", (event) => {
    const mark = event.target.closest ? event.target.closest(".plot .m") : null;
    show(texts.has(mark) ? mark : null);
  });
  document.addEventListener("scroll", () => show(null), { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
  for (const plot of document.querySelectorAll(".plot")) {
    const marks = [...plot.querySelectorAll(".m")].filter((mark) => texts.has(mark));
    if (marks.length < 2) continue;
    plot.setAttribute("tabindex", "0");
    plot.addEventListener("keydown", (event) => {
      const at = marks.indexOf(lit);
      const last = marks.length - 1;
      const to = { ArrowLeft: at < 0 ? last : Math.max(at - 1, 0), ArrowRight: Math.min(at + 1, last), Home: 0, End: last };
      if (!(event.key in to)) return;
      event.preventDefault();
      show(marks[to[event.key]]);
    });
    plot.addEventListener("blur", () => show(null));
  }
  if (!navigator.clipboard) return;
  for (const command of document.querySelectorAll(".command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "copy";
    button.setAttribute("aria-label", "copy " + command.textContent);
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(command.textContent).then(
        () => { button.textContent = "copied"; setTimeout(() => { button.textContent = "copy"; }, 1500); },
        () => { button.textContent = "not allowed"; },
      );
    });
    command.after(button);
  }
})();
