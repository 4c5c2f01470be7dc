// Saves drafts, refreshes the rules beside the form, takes files that are dropped, opens
// proofs in place, and gives a few keys. Every page works without it.
(() => {
  "use strict";
  const policy = window.trustedTypes
    ? trustedTypes.createPolicy("passerelle", { createHTML: (html) => html })
    : { createHTML: (html) => html };
  const by = (id) => document.getElementById(id);

  // Puts a piece of one of our pages into place; anything else, such as a sign-in page, is
  // left aside.
  const place = (into, html, start) => {
    if (!html.trimStart().startsWith(start)) return false;
    into.innerHTML = policy.createHTML(html);
    return true;
  };

  const draft = by("draft");
  if (draft) {
    const panel = by("panel");
    const saved = by("saved");
    const version = draft.elements.namedItem("version");
    let timer = 0;
    let busy = false;
    let dirty = false;
    let pressed = null;

    const body = (more) => {
      const data = new URLSearchParams(new FormData(draft));
      for (const [name, value] of Object.entries(more || {})) data.set(name, value);
      return data;
    };

    const refresh = async () => {
      if (busy) { dirty = true; return; }
      busy = true;
      dirty = false;
      try {
        const kept = await fetch(draft.action, { method: "POST", body: body({ next: "quiet" }) });
        if (kept.status === 204) {
          version.value = kept.headers.get("x-version") || version.value;
          saved.textContent = draft.dataset.saved.replace("%", kept.headers.get("x-saved") || "");
        }
        const judged = await fetch(draft.dataset.judge, { method: "POST", body: body() });
        if (judged.ok) place(panel, await judged.text(), '<section class="panel-part"');
      } catch {
        saved.textContent = draft.dataset.unsaved;
      }
      busy = false;
      if (pressed) draft.requestSubmit(pressed);
      else if (dirty) refresh();
    };

    draft.addEventListener("input", () => {
      saved.textContent = draft.dataset.unsaved;
      clearTimeout(timer);
      timer = setTimeout(refresh, 700);
    });

    // A button pressed while a draft saves itself waits for it: nobody conflicts with themselves.
    draft.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!busy) return;
      event.preventDefault();
      pressed = event.submitter;
    });
  }

  const upload = by("upload");
  if (upload) {
    const drop = by("drop");
    const refused = by("refused");
    const progress = by("progress");

    const say = (text) => {
      progress.hidden = true;
      refused.textContent = text;
      refused.hidden = false;
    };

    const send = (files) => {
      const data = new FormData();
      for (const file of files) data.append("file", file);
      const request = new XMLHttpRequest();
      request.open("POST", `${upload.action}&piece=yes`);
      request.upload.addEventListener("progress", (step) => {
        if (step.lengthComputable) progress.value = (100 * step.loaded) / step.total;
      });
      request.addEventListener("load", () => {
        const sentence = (request.getResponseHeader("content-type") || "").startsWith("text/plain");
        if (request.status === 204) window.location.assign(`${window.location.pathname}?done=file-added`);
        else say(sentence ? request.responseText : upload.dataset.broken);
      });
      request.addEventListener("error", () => say(upload.dataset.broken));
      refused.hidden = true;
      progress.hidden = false;
      request.send(data);
    };

    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      if (by("file").files.length > 0) send(by("file").files);
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", name === "dragover");
        if (name === "drop" && event.dataTransfer.files.length > 0) send(event.dataTransfer.files);
      });
    }
  }

  // A proof is made when its drawer opens for the first time.
  for (const drawer of document.querySelectorAll("details[data-proof]")) {
    drawer.addEventListener("toggle", async () => {
      const address = drawer.dataset.proof;
      if (!drawer.open || !address) return;
      delete drawer.dataset.proof;
      try {
        const proof = await fetch(address);
        const html = proof.ok ? await proof.text() : "";
        place(drawer.querySelector(".drawer"), html, '<div class="proofs"');
      } catch {
        drawer.dataset.proof = address;
      }
    });
  }

  if (document.body.dataset.keys === "yes") {
    let waits = false;
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (waits) {
        waits = false;
        const door = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
        if (door) { event.preventDefault(); door.click(); }
      } else if (event.key === "g") {
        waits = true;
      } else if (event.key === "/") {
        event.preventDefault();
        const field = document.querySelector("[data-search]");
        if (field) field.focus(); else window.location.assign("/search");
      } else if (event.key === "?") {
        window.location.assign("/help");
      }
    });
  }

  const summary = document.querySelector(".summary");
  if (summary) summary.focus();
})();
