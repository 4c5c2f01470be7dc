// What is decided about records and taken down in the data-protection officer's room. Places
// are `party/record`.

/** Restricts a record, or lifts that. */
export async function restricting(person, place, on = "yes") {
  await person.go(`/keeping/${place}`);
  await decided(person, "/restrict", {}, `[name=on][value=${on}]`);
}

/** Keeps a record as evidence until a day. */
export async function holding(person, place, until) {
  await person.go(`/keeping/${place}`);
  await decided(person, "/hold", { until });
}

/** Ends that. */
export async function holdLifted(person, place) {
  await person.go(`/keeping/${place}`);
  await decided(person, "/lift-hold");
}

/** Presses a button of a form of the record that is shown; gives the answer's status. */
export async function decided(person, form, fields = {}, button = "") {
  const whole = `form[action$='${form}']`;
  await person.fill({ ...fields, why: "contrôle" }, whole);
  return person.press(`${whole} button${button}`);
}

/** Opens one record beyond need-to-know. */
export async function brokenGlass(person, party, record) {
  await person.go("/break-glass");
  const form = "form[action='/break-glass']";
  await person.fill({ party, record, why: "Danger pour une personne.", conditions: "yes" }, form);
  return person.press(`${form} button`);
}

/** Takes a request or a breach down; gives the address of its page. */
export async function takenDown(watch, room, fields) {
  await watch.go("/keeping");
  await watch.unfold();
  await watch.fill(fields, `form[action='${room}']`);
  await watch.press(`form[action='${room}'] button`);
  return watch.path();
}
