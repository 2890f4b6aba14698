// Shows what the coach sends. Every message is the whole page, so nothing has to be remembered between two of them.
"use strict";
(function () {
  const STATES = { prepare: "Get ready", work: "Now", rest: "Rest", paused: "Paused", question: "Question",
    over: "Finished" };
  const SILENT_MS = 12000; // the coach sends something every four seconds
  const pictures = {};
  let shown = "", drawn = null, ended = false, watchdog = 0;

  const id = (name) => document.getElementById(name);
  const text = (node, words) => { if (node.textContent !== words) node.textContent = words; };

  function render(now) {
    const scene = now.scene, moving = ["prepare", "work", "rest", "paused"].indexOf(scene) >= 0;
    const state = STATES[scene] || "";
    document.body.dataset.scene = scene;
    text(id("state"), now.headline === state ? "" : state);
    text(id("headline"), (scene === "paused" ? "❚❚ " : "") + now.headline);
    text(id("details"), now.details.join("  ·  "));
    id("details").hidden = scene === "question" || scene === "distress";
    text(id("saying"), now.saying);
    text(id("call"), now.call);
    dial(now, moving);
    picture(moving ? now.picture : "");
    list(id("menu"), now.menu);
    const next = id("next");
    next.hidden = !now.following || !moving || scene === "rest"; // a rest has it above
    text(next.querySelector("p"), now.following);
    const heard = id("heard"), words = heard.querySelector("p");
    heard.hidden = !now.meant;
    text(words, (now.heard ? "“" + now.heard + "”" : "") + (now.heard && now.heard === now.meant ? "" : (now.heard ? " – " : "") + now.meant));
    words.className = now.taken ? "" : "not";
    id("say").hidden = !now.can_say.length;
    list(id("say").querySelector("ul"), now.can_say);
    id("progress").firstElementChild.style.width = now.sets ? (100 * now.done / now.sets) + "%" : "0";
    const told = scene + ": " + now.headline; // a screen reader must not talk over the coach: only what is new in kind
    if (told !== shown) text(id("status"), (state && state !== now.headline ? state + ". " : "") + now.headline);
    shown = told;
    ended = scene === "over";
  }

  function dial(now, moving) {
    const ring = id("ring"), arc = ring.querySelector(".rest"), whole = moving ? now.whole : 0;
    id("dial").className = (now.figure ? "full" : "") + (whole ? " ringed" : "");
    ring.toggleAttribute("hidden", !whole);
    ring.setAttribute("class", now.runs ? "runs" : "");
    // While it runs the ring is on its way to where it will be in a second.
    const left = whole ? Math.max(0, now.left - (now.runs ? 1 : 0)) / whole : 0;
    arc.style.strokeDashoffset = String(1000 * (1 - left));
    text(id("figure"), now.figure);
    id("figure").className = now.figure.length > 2 ? "long" : "";
    text(id("below"), now.below);
    text(id("move"), now.move);
  }

  function list(node, words) {
    if (node.dataset.words === words.join("|")) return;
    node.dataset.words = words.join("|");
    node.replaceChildren(...words.map((word) => { const item = document.createElement("li"); item.textContent = word; return item; }));
  }

  function picture(name) {
    if (name === drawn) return;
    drawn = name;
    const put = (svg) => { if (name === drawn) id("picture").replaceChildren(...(svg ? [svg] : [])); };
    if (!name) return put(null);
    if (!pictures[name]) {
      pictures[name] = fetch("/picture/" + encodeURIComponent(name)).then((answer) => answer.ok ? answer.text() : "")
        .then((source) => {
          if (!source) return null;
          const root = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
          return root.nodeName === "svg" ? document.importNode(root, true) : null;
        }).catch(() => { delete pictures[name]; return null; });
    }
    pictures[name].then(put);
  }

  function lost() { if (!ended) id("lost").hidden = false; }

  function alive() {
    id("lost").hidden = true;
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, SILENT_MS);
  }

  function connect() {
    const events = new EventSource("/events");
    events.onmessage = (message) => { alive(); render(JSON.parse(message.data)); };
    events.addEventListener("alive", alive);
    events.addEventListener("closed", () => { events.close(); clearTimeout(watchdog); lost(); setTimeout(connect, 3000); });
    events.onerror = () => { // most browsers try again by themselves, but not after every refusal
      lost();
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
    };
  }
  connect();
})();
