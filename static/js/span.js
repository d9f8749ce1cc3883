// Adding a claim by selecting text: sends the paragraph, the words and 32 characters on either side; the server finds the
// place and counts in code points. Without a script, or without a pointer, the same page picks words from lists.
(() => {
  const text = document.querySelector("[data-article-text]");
  const bar = document.querySelector("[data-popbar]");
  if (!text || !bar) return;
  const AROUND = 32;
  let chosen = null;

  const plain = (range) => {
    const copy = range.cloneContents();
    copy.querySelectorAll("sup, .para, .sr").forEach((el) => el.remove());
    return copy.textContent;
  };
  const paragraph = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-paragraph]");
  const around = (range) => {
    const before = document.createRange(), after = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(text, text.childNodes.length);
    return [[...plain(before)].slice(-AROUND).join(""), [...plain(after)].slice(0, AROUND).join("")];
  };

  const read = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return null;
    const quote = plain(range).trim();
    const p = paragraph(range.startContainer);
    if (quote.length < 2 || !p) return null;
    const [prefix, suffix] = around(range);
    return { range, quote, prefix, suffix, paragraph: p.dataset.paragraph };
  };

  const show = () => {
    chosen = read();
    bar.hidden = !chosen;
    if (!chosen) return;
    const box = chosen.range.getBoundingClientRect(), home = bar.offsetParent.getBoundingClientRect();
    if (matchMedia("(min-width: 60.01rem)").matches) {
      bar.style.insetBlockStart = `${box.bottom - home.top + 8}px`;
      bar.style.insetInlineStart = `${Math.max(0, box.left - home.left)}px`;
    }
    bar.querySelectorAll("form").forEach((form) => {
      for (const name of ["quote", "prefix", "suffix", "paragraph"]) {
        const field = form.elements[name];
        if (field) field.value = chosen[name];
      }
    });
    const now = document.querySelector("[data-row][aria-current]");
    const move = bar.querySelector("[data-move]");
    if (move) {
      move.hidden = !now;
      if (now) {
        move.action = now.dataset.reanchor;
        move.elements.version.value = now.dataset.version;
        move.querySelector("[data-n]").textContent = now.dataset.n;
      }
    }
  };
  document.addEventListener("selectionchange", () => {
    clearTimeout(show.timer);
    show.timer = setTimeout(show, 150);
  });
  document.addEventListener("htmx:after:swap", () => document.querySelector("#adding form") && (bar.hidden = true));
  bar.addEventListener("mousedown", (e) => e.preventDefault()); // keep the selection
})();
