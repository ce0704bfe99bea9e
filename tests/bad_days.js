// What the JavaScript of bad_days.yml calls. It runs on the page, and stands for the reader and the machine.

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const find = (selector) => document.querySelector(selector);
const press = (selector) => find(selector).click();

/** What the reader says at the beginning of each day. */
async function answer() {
  while (document.readyState !== "complete") await pause(20);
  if (!find("[name=role][value=medarbetare]").checked) press("[name=role][value=medarbetare]");
  press("[name='answer-1.1'][value='1']");
  change();
}

/** Write a little more. */
function change() {
  const field = find("[name='example-1.1']");
  field.value += "Kvast";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether what the reader has said is in the form. */
const kept = () =>
  find("[name=role][value=medarbetare]").checked &&
  find("[name='answer-1.1'][value='1']").checked &&
  find("[name='example-1.1']").value.startsWith("Kvast");

const cleared = () => !find("#self-check :is([name=role], [name^=answer]):checked") && !find("[name='example-1.1']").value;

/** Whether Python has said what it makes of the answer, since the last change. */
const works = () =>
  find("[data-engine]").dataset.engine === "ready" && find("[id='k-1.1']").dataset.state === "level";

async function ready() {
  while (!works()) await pause(20);
}

async function clearAll() {
  press("[data-clear]");
  press("#clear [value=clear]");
  while (!cleared()) await pause(20);
}

/** The server ends every connection from now on. */
const goDown = () => fetch("/down");

/** The page does nothing for a while. */
function stop(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** A double click, as a browser reports it. */
function twice(selector) {
  const { left, top } = find(selector).getBoundingClientRect();
  for (const detail of [1, 2]) {
    for (const kind of ["mousedown", "mouseup", "click"]) {
      document
        .elementFromPoint(left + 5, top + 5)
        ?.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, detail, clientX: left + 5, clientY: top + 5 }));
    }
  }
}

/** The page's timers and animations run so many times as fast. */
function hurry(times) {
  hurryTimers(times);
  for (const animation of document.getAnimations()) animation.playbackRate = times;
}

function hurryTimers(times) {
  const { setTimeout } = window;
  window.setTimeout = (act, milliseconds, ...values) => setTimeout.call(window, act, milliseconds / times, ...values);
}

function keepWorkers() {
  const { Worker } = window;
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...options) {
      super(...options);
      window.workers.push(this);
    }
  };
}
