/** The window's title: how many wait, what is looked at, and whose page it is. */
let screen = '';
let waiting = 0;

export function setTitle(name: string): void {
  screen = name;
  show();
}

export function setWaiting(count: number): void {
  waiting = count;
  show();
}

function show(): void {
  const count = waiting > 0 ? `(${waiting}) ` : '';
  document.title = screen === '' ? `${count}Assent` : `${count}${screen} · Assent`;
}
