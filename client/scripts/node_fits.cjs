// Exits with 0 where this Node is in the range it is given, such as "^20.19.0 || >=22.12.0".
// In the syntax of old Nodes: they are the ones that must be able to say no.
const own = process.versions.node.split(".").map(Number);

function fits(part) {
  const bound = /^(\^|>=)(\d+)\.(\d+)\.(\d+)$/.exec(part.trim());
  if (bound === null) throw new Error("not a range this script reads: " + part);
  const least = bound.slice(2).map(Number);
  if (bound[1] === "^" && own[0] !== least[0]) return false;
  const differs = [0, 1, 2].find((place) => own[place] !== least[place]);
  return differs === undefined || own[differs] > least[differs];
}

process.exit(process.argv[2].split("||").some(fits) ? 0 : 1);
