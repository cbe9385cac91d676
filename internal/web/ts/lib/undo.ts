// What was changed together is undone together.
export interface Step<T> {
  at: T;
  from: string;
  to: string;
}

const most = 200;

export class History<T> {
  private done: Step<T>[][] = [];
  private undone: Step<T>[][] = [];

  add(steps: Step<T>[]): void {
    steps = steps.filter((s) => s.from !== s.to);
    if (steps.length === 0) return;
    this.done.push(steps);
    if (this.done.length > most) this.done.shift();
    this.undone = [];
  }

  undo(): Step<T>[] {
    const steps = this.done.pop();
    if (!steps) return [];
    this.undone.push(steps);
    return steps.map((s) => ({ at: s.at, from: s.to, to: s.from }));
  }

  redo(): Step<T>[] {
    const steps = this.undone.pop();
    if (!steps) return [];
    this.done.push(steps);
    return steps;
  }
}
