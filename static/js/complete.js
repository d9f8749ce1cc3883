// Completes: "[" lists the evidence, "@" colleagues.
(() => {
  const $$ = (s) => [...document.querySelectorAll(s)];
  const KINDS = {
    cites: ["[", "Evidence to cite", () => $$("[data-ref]").map(({ dataset: { ref, title } }) => [`[${ref}]`, `${ref}  ${title}`])],
    names: ["@", "Colleagues to tell", () => $$("#colleagues option").map((el) => [`@${el.value} `, el.label])],
  };
  let box, opens, label, choices, list, found, from, at;

  const insert = (text, start) => {
    const gap = start && !/\s/.test(box.value[start - 1]) ? " " : "";
    box.setRangeText(gap + text, start, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };
  const close = () => {
    if (!list) return;
    list.remove();
    list = null;
    box.removeAttribute("aria-activedescendant");
    box.ariaExpanded = false;
  };
  const choose = (n) => {
    close();
    insert(found[n][0], from);
  };
  const draw = () => {
    const typed = box.value.slice(from + 1, box.selectionStart).toLowerCase();
    found = choices().filter(([, shown]) => shown.toLowerCase().includes(typed));
    if (!found.length || box.value[from] !== opens) return close();
    if (!list) {
      list = document.createElement("ul");
      Object.assign(list, { id: "choices", className: "listbox", role: "listbox", ariaLabel: label });
      box.after(list);
      box.setAttribute("aria-controls", list.id);
    }
    list.replaceChildren(
      ...found.map(([, textContent], n) => {
        const onmousedown = (e) => (e.preventDefault(), choose(n));
        return Object.assign(document.createElement("li"), { id: `choice-${n}`, role: "option", ariaSelected: n === at, textContent, onmousedown });
      }),
    );
    box.ariaExpanded = true;
    box.setAttribute("aria-activedescendant", `choice-${at}`);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("input", ({ target }) => {
    const kind = Object.keys(KINDS).find((name) => name in target.dataset);
    if (!kind) return;
    if (!list) {
      [box, from, [opens, label, choices]] = [target, target.selectionStart - 1, KINDS[kind]];
      if (box.value[from] !== opens || (opens === "@" && /\w/.test(box.value[from - 1] ?? ""))) return;
    }
    at = 0;
    draw();
  });
  document.addEventListener("keydown", (e) => {
    if (!list) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      draw();
    } else if ((e.key === "Enter" && !e.ctrlKey) || e.key === "Tab") choose(at);
    else if (e.key === "Escape") close();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }, true);
  document.addEventListener("focusout", close);
  // A [data-cite] button puts its ref where one wrote last
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-cite]");
    if (!button) return;
    [box] = $$("textarea[data-cites]");
    if (box) insert(`[${button.dataset.cite}]`, box.selectionStart);
  });
})();
