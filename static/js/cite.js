// Citing: "[" in a textarea[data-cites] lists the evidence; a [data-cite] button puts its ref where one wrote last.
(() => {
  const box = document.querySelector("textarea[data-cites]");
  if (!box) return;
  const cards = () => [...document.querySelectorAll("[data-ref]")].map((el) => ({ ref: el.dataset.ref, title: el.dataset.title }));
  let list, at = 0, from = 0;

  const insert = (ref, start, end) => {
    const gap = start && !/\s/.test(box.value[start - 1]) ? " " : "";
    box.setRangeText(`${gap}[${ref}]`, start, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };
  const close = () => {
    list?.remove();
    list = null;
    box.removeAttribute("aria-activedescendant");
    box.removeAttribute("aria-controls");
    box.setAttribute("aria-expanded", "false");
  };
  const draw = () => {
    const typed = box.value.slice(from + 1, box.selectionStart);
    if (!/^[\w ]{0,20}$/.test(typed) || box.value[from] !== "[") return close();
    const found = cards().filter((c) => `${c.ref} ${c.title}`.toLowerCase().includes(typed.toLowerCase()));
    if (!found.length) return close();
    if (!list) {
      list = document.createElement("ul");
      Object.assign(list, { id: "cite-list", className: "listbox" });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", "Evidence to cite");
      list.onmousedown = (e) => {
        e.preventDefault();
        const option = e.target.closest("[role=option]");
        if (option) choose(option);
      };
      box.after(list);
      box.setAttribute("aria-controls", "cite-list");
      at = 0;
    }
    at = Math.min(at, found.length - 1);
    list.replaceChildren(
      ...found.map((card, n) => {
        const option = document.createElement("li");
        option.id = `cite-${n}`;
        option.dataset.value = card.ref;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", n === at);
        option.textContent = `${card.ref}  ${card.title}`;
        return option;
      }),
    );
    box.setAttribute("aria-expanded", "true");
    box.setAttribute("aria-activedescendant", `cite-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    const { value } = option.dataset;
    const end = box.selectionStart;
    close();
    insert(value, from, end);
  };

  box.addEventListener("input", () => {
    if (!list && box.value[box.selectionStart - 1] === "[") from = box.selectionStart - 1;
    else if (!list) return;
    draw();
  });
  box.addEventListener("keydown", (e) => {
    if (!list) return;
    const n = list.children.length;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      at = (at + (e.key === "ArrowDown" ? 1 : n - 1)) % n;
      draw();
    } else if (e.key === "Enter" || e.key === "Tab") choose(list.children[at]);
    else if (e.key === "Escape") close();
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
  box.addEventListener("blur", close);
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-cite]");
    if (button) insert(button.dataset.cite, box.selectionStart, box.selectionEnd);
  });
})();
