// What was changed together is undone together.
export interface Step<T> {
  at: T;
  from: string;
  to: string;
}

const most = 200;

export interface History<T> {
  add(steps: Step<T>[]): void;
  undo(): Step<T>[]; // the steps to take now
  redo(): Step<T>[];
}

export function newHistory<T>(): History<T> {
  const done: Step<T>[][] = [];
  let undone: Step<T>[][] = [];
  return {
    add(steps) {
      steps = steps.filter((s) => s.from !== s.to);
      if (steps.length === 0) return;
      done.push(steps);
      if (done.length > most) done.shift();
      undone = [];
    },
    undo() {
      const steps = done.pop();
      if (!steps) return [];
      undone.push(steps);
      return steps.map((s) => ({ at: s.at, from: s.to, to: s.from }));
    },
    redo() {
      const steps = undone.pop();
      if (!steps) return [];
      done.push(steps);
      return steps;
    },
  };
}
