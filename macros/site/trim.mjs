/**
 * Makes Pyodide's WebAssembly file smaller for the fast road: only the functions that the self-check executes keep
 * their body, and only those that `quiz/browser/worker.mjs` calls keep their name.
 *
 * Another function's body becomes `unreachable`, which stops Python at once; the page then starts it anew with the
 * whole file. Which functions are executed is counted in a browser, by the marks of `instrument` (`make profile`), and
 * kept in profile.json.
 */

const SECTION = { memory: 5, export: 7, code: 10 }; // of a WebAssembly file, by their numbers
const MAGIC = 8; // the length of what a WebAssembly file begins with
const MARKS = "executed"; // the name of the memory with a byte for each function
const IS_MEMORY = 2; // what an export can be
const PAGE = 65536;
const NO_BODY = Uint8Array.of(3, 0, 0x00, 0x0b); // `unreachable`, without local variables

/** Reads bytes from a place on. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** A whole number, seven bits a byte, the lowest first. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** @param {number} length */
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return Buffer.from(this.take(this.number())).toString();
  }
}

/** @param {number} value */
function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/**
 * Write a WebAssembly file anew, with other contents in some sections.
 * @param {Uint8Array} wasm
 * @param {Record<number, (section: Uint8Array) => Uint8Array>} changes by the number of the section
 */
function rewrite(wasm, changes) {
  const reader = new Reader(wasm, MAGIC);
  const parts = [wasm.subarray(0, MAGIC)];
  while (reader.at < wasm.length) {
    const [id] = reader.take(1);
    const section = reader.take(reader.number());
    const content = changes[id]?.(section) ?? section;
    parts.push(Uint8Array.of(id, ...number(content.length)), content);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * Write the items of a section anew.
 * @param {Uint8Array} section
 * @param {(reader: Reader, at: number) => Uint8Array | undefined} each reads one item, returns what is kept of it
 */
function items(section, each) {
  const reader = new Reader(section);
  const kept = Array.from({ length: reader.number() }, (_, at) => each(reader, at));
  const parts = kept.filter((part) => part !== undefined);
  return new Uint8Array(Buffer.concat([Uint8Array.from(number(parts.length)), ...parts]));
}

/** Keep those exports alone. @param {Uint8Array} wasm @param {string[]} names */
export function withExports(wasm, names) {
  return rewrite(wasm, {
    [SECTION.export]: (section) =>
      items(section, (reader) => {
        const from = reader.at;
        const name = reader.text();
        reader.take(1);
        reader.number();
        return names.includes(name) ? reader.bytes.subarray(from, reader.at) : undefined;
      }),
  });
}

/**
 * Keep the bodies of the executed functions alone; all keep their numbers.
 * @param {Uint8Array} wasm @param {(at: number) => boolean} executed by the number without the imports
 */
export function withBodies(wasm, executed) {
  return rewrite(wasm, {
    [SECTION.code]: (section) =>
      items(section, (reader, at) => {
        const from = reader.at;
        reader.take(reader.number());
        return executed(at) ? reader.bytes.subarray(from, reader.at) : NO_BODY;
      }),
  });
}

/** Let every function mark that it was executed, in a second memory, exported as `executed`. @param {Uint8Array} wasm */
export function instrument(wasm) {
  return rewrite(wasm, {
    [SECTION.memory]: (section) => {
      const [one, ...memory] = section;
      if (one !== 1) throw new Error("pyodide.asm.wasm has more than one memory");
      return Uint8Array.of(2, ...memory, 0, 1); // one page, for as many functions as it has bytes
    },
    [SECTION.export]: (section) => {
      const count = new Reader(section);
      const marks = [...number(count.number() + 1), MARKS.length, ...Buffer.from(MARKS), IS_MEMORY, 1];
      return new Uint8Array(Buffer.concat([Uint8Array.from(marks), section.subarray(count.at)]));
    },
    [SECTION.code]: (section) =>
      items(section, (reader, at) => {
        if (at >= PAGE) throw new Error("pyodide.asm.wasm has more functions than there are marks");
        const body = reader.take(reader.number());
        const locals = new Reader(body);
        for (let groups = locals.number(); groups; groups--) {
          locals.number();
          locals.take(1);
        }
        // i32.const 0, i32.const 1, i32.store8 with the number of the memory and the place in it
        const mark = Uint8Array.of(0x41, 0, 0x41, 1, 0x3a, 0x40, 1, ...number(at));
        const size = Uint8Array.from(number(body.length + mark.length));
        return Buffer.concat([size, body.subarray(0, locals.at), mark, body.subarray(locals.at)]);
      }),
  });
}
