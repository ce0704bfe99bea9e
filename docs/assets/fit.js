// The size of a slide's text: the largest at which everything is in view.

const [SMALLEST, LARGEST, STEP] = [0.4, 1.6, 0.02];

/** Whether everything is in view and no word sticks out of its box. @param {HTMLElement} slide */
function fits(slide) {
  const boxes = [slide, ...slide.querySelectorAll(".body, .phase")];
  const parts = [...boxes, ...slide.querySelectorAll(".body :not(input, svg *, .sr)")];
  return (
    parts.every((part) => !part.clientWidth || part.scrollWidth <= part.clientWidth + 1) &&
    boxes.every((part) => part.scrollHeight <= part.clientHeight + 1)
  );
}

/** Makes the text of each slide as large as it can be. @param {HTMLElement[]} slides */
export function fit(slides) {
  for (const slide of slides) {
    let [low, high] = [SMALLEST, LARGEST];
    while (high - low > STEP) {
      const middle = (low + high) / 2;
      slide.style.setProperty("--fit", middle.toFixed(3));
      if (fits(slide)) low = middle;
      else high = middle;
    }
    slide.style.setProperty("--fit", low.toFixed(3));
  }
}
