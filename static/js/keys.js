// Keys press visible controls: [data-key="c"], "g q" in a row, "Ctrl+Enter". The map is desk/keys.py.
(() => {
  const off = document.documentElement.dataset.keys === "off";
  const typing = (el) => el.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit])");
  const seen = (el) => el.getClientRects().length && !el.disabled;
  const lists = () => [...document.querySelectorAll("[data-list]")];
  const current = () => document.querySelector("[data-row][aria-current]");
  let first = "", timer;

  // Latin letters as typed; on Urdu, Arabic, Hindi or Cyrillic keyboards the key's place
  const pressed = (e) => {
    if (e.key.length === 1 && /[a-z]/i.test(e.key)) return e.key.toLowerCase();
    const place = /^Key([A-Z])$/.exec(e.code);
    if (place && !/^[\x20-\x7f]$/.test(e.key)) return place[1].toLowerCase();
    const digit = /^Digit(\d)$/.exec(e.code);
    return digit && !/^[\x20-\x7f]$/.test(e.key) ? digit[1] : e.key;
  };

  const find = (key) => {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(seen);
    const row = document.activeElement.closest?.("[data-row], form") || current();
    const others = all.filter((el) => !el.closest("[data-row]"));
    const newest = others.filter((el) => el.closest("#toasts")).pop(); // Z takes back what was done last
    return all.find((el) => row?.contains(el)) || newest || others[0];
  };

  const press = (el) => {
    if (el.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])")) el.focus();
    else if (el.matches("input[type=radio], summary")) (el.click(), el.focus());
    else el.click();
  };

  const move = (by) => {
    const rows = lists().flatMap((list) => [...list.querySelectorAll("[data-row]")]).filter(seen);
    if (!rows.length) return false;
    const at = rows.indexOf(current());
    const row = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
    mark(row);
    row.querySelector("a")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    const place = document.getElementById("s" + row.id.slice(1));
    if (place) {
      document.querySelectorAll(".hl[aria-current]").forEach((el) => el.removeAttribute("aria-current"));
      place.setAttribute("aria-current", "true");
      const box = place.getBoundingClientRect();
      if (box.top < 80 || box.bottom > innerHeight) place.scrollIntoView({ block: "center" });
    }
    return true;
  };
  const mark = (row) => {
    current()?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  };
  let held = "";
  document.addEventListener("htmx:before:swap", () => (held = current()?.id || ""));
  document.addEventListener("htmx:after:swap", () => {
    const row = held && document.getElementById(held);
    if (!row) return;
    if (!current()) mark(row);
    if (document.activeElement === document.body) row.querySelector("a")?.focus({ preventScroll: true });
  });
  document.addEventListener("click", (e) => {
    const row = e.target.closest("[data-list] [data-row]");
    if (row) mark(row);
  });

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.altKey || e.isComposing) return;
    const key = pressed(e);
    const inText = typing(e.target);
    if (e.ctrlKey || e.metaKey) {
      if (key !== "Enter") return;
      const el = find("Ctrl+Enter"), { form } = e.target;
      if (inText && form && !form.contains(el)) form.requestSubmit(); // a text box sends its own form
      else el?.click();
      return;
    }
    if (inText) {
      if (key === "Escape") e.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (key === "Escape") return close();
    if (off && key.length === 1) return;
    const two = first && find(`${first} ${key}`);
    const el = two || find(key);
    first = "";
    clearTimeout(timer);
    if (el) (e.preventDefault(), press(el));
    else if (key === "j" || key === "ArrowDown") lists().length && move(1) && e.preventDefault();
    else if (key === "k" || key === "ArrowUp") lists().length && move(-1) && e.preventDefault();
    else if (key === "x") {
      const box = current()?.querySelector("[data-pick]");
      if (box) (e.preventDefault(), box.click());
    } else if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
      first = key;
      timer = setTimeout(() => (first = ""), 1200);
    }
  });

  const close = () => {
    const sheet = document.querySelector("[data-sheet]");
    if (sheet) sheet.remove();
    else document.querySelectorAll("[data-pick]:checked").forEach((box) => box.click());
  };
})();
