// Saves drafts, refreshes the rules beside the form, shows how far an upload is, and gives a
// few keys. Every page works without it.
(() => {
  "use strict";
  const policy = window.trustedTypes
    ? trustedTypes.createPolicy("passerelle", { createHTML: (html) => html })
    : { createHTML: (html) => html };

  const draft = document.getElementById("draft");
  if (draft) {
    const panel = document.getElementById("panel");
    const saved = document.getElementById("saved");
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
          saved.textContent = draft.dataset.saved;
        }
        const judged = await fetch(draft.dataset.judge, { method: "POST", body: body() });
        // Only the panel itself; anything else, such as a sign-in page, is left aside.
        const html = judged.ok ? await judged.text() : "";
        if (html.startsWith("<section class=\"panel-part\"")) {
          panel.innerHTML = policy.createHTML(html);
        }
      } catch {
        saved.textContent = draft.dataset.unsaved;
      }
      busy = false;
      if (pressed) draft.requestSubmit(pressed);
      else if (dirty) refresh();
    };

    // A button pressed while a draft saves itself waits for it: nobody conflicts with themselves.
    draft.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!busy) return;
      event.preventDefault();
      pressed = event.submitter;
    });

    draft.addEventListener("input", () => {
      saved.textContent = draft.dataset.unsaved;
      clearTimeout(timer);
      timer = setTimeout(refresh, 700);
    });
  }

  const upload = document.getElementById("upload");
  if (upload) {
    upload.addEventListener("submit", (event) => {
      event.preventDefault();
      const progress = document.getElementById("progress");
      const request = new XMLHttpRequest();
      request.open("POST", upload.action);
      request.upload.addEventListener("progress", (step) => {
        progress.hidden = false;
        if (step.lengthComputable) progress.value = (100 * step.loaded) / step.total;
      });
      request.addEventListener("loadend", () => { window.location.reload(); });
      request.send(new FormData(upload));
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
