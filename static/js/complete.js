// Completing: "[" in a textarea[data-cites] lists the evidence, "@" in a textarea[data-names] the colleagues;
// a [data-cite] button puts its ref into the reasons, where one wrote last.
(() => {
  const EVIDENCE = {
    opens: "[",
    id: "cite-list",
    label: "Evidence to cite",
    choices: () => [...document.querySelectorAll("[data-ref]")].map((el) => ({ put: `[${el.dataset.ref}]`, shown: `${el.dataset.ref}  ${el.dataset.title}` })),
  };
  const PEOPLE = {
    opens: "@",
    id: "names-list",
    label: "Colleagues to tell",
    choices: () => [...document.querySelectorAll("#colleagues option")].map((el) => ({ put: `@${el.value} `, shown: el.label })),
  };
  const kindOf = (el) => (el.matches?.("textarea[data-cites]") ? EVIDENCE : el.matches?.("textarea[data-names]") ? PEOPLE : null);
  let box, kind, list, found, at = 0, from = 0;

  const insert = (into, text, start, end) => {
    const gap = start && !/\s/.test(into.value[start - 1]) ? " " : "";
    into.setRangeText(gap + text, start, end, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
    into.focus();
  };
  const close = () => {
    if (!list) return;
    list.remove();
    list = null;
    box.removeAttribute("aria-activedescendant");
    box.removeAttribute("aria-controls");
    box.setAttribute("aria-expanded", "false");
  };
  const choose = (n) => {
    const { put } = found[n];
    const end = box.selectionStart;
    close();
    insert(box, put, from, end);
  };
  const draw = () => {
    const typed = box.value.slice(from + 1, box.selectionStart);
    if (!/^[\p{L}\p{M}\p{N}_ .-]{0,30}$/u.test(typed) || box.value[from] !== kind.opens) return close();
    found = kind.choices().filter((c) => c.shown.toLowerCase().includes(typed.toLowerCase()));
    if (!found.length) return close();
    if (!list) {
      list = document.createElement("ul");
      Object.assign(list, { id: kind.id, className: "listbox" });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", kind.label);
      list.onmousedown = (e) => {
        e.preventDefault();
        const option = e.target.closest("[role=option]");
        if (option) choose([...list.children].indexOf(option));
      };
      box.after(list);
      box.setAttribute("aria-controls", kind.id);
      at = 0;
    }
    at = Math.min(at, found.length - 1);
    list.replaceChildren(
      ...found.map(({ shown }, n) => {
        const option = document.createElement("li");
        option.id = `${kind.id}-${n}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", n === at);
        option.textContent = shown;
        return option;
      }),
    );
    box.setAttribute("aria-expanded", "true");
    box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("input", ({ target }) => {
    if (!kindOf(target)) return;
    if (!list) {
      [box, kind, from] = [target, kindOf(target), target.selectionStart - 1];
      // an address is no name: "@" opens the list only where a word begins
      if (box.value[from] !== kind.opens || (kind === PEOPLE && /[\p{L}\p{N}_]/u.test(box.value[from - 1] || ""))) return;
    }
    draw();
  });
  document.addEventListener("keydown", (e) => {
    if (!list || e.target !== box) return;
    const n = list.children.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      at = (at + (e.key === "ArrowDown" ? 1 : n - 1)) % n;
      draw();
    } else if ((e.key === "Enter" && !e.ctrlKey && !e.metaKey) || e.key === "Tab") choose(at);
    else if (e.key === "Escape") close();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }, true);
  document.addEventListener("focusout", close);
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-cite]");
    const reasons = button && document.querySelector("textarea[data-cites]");
    if (reasons) insert(reasons, `[${button.dataset.cite}]`, reasons.selectionStart, reasons.selectionEnd);
  });
})();
