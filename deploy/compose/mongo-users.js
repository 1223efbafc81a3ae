// Forms the replica set of one and makes a user per service that may use its own database only. Safe to run again.
// Runs in mongosh without a connection; the passwords come from the environment.
const password = (name) => {
  const found = process.env["KINERJA_MONGO_" + name];
  if (!found) throw new Error("KINERJA_MONGO_" + name + " is missing: run deploy/compose/prepare");
  return found;
};
const login = "root:" + encodeURIComponent(password("ROOT"));
const admin = connect("mongodb://" + login + "@mongo:27017/admin?directConnection=true");

try {
  admin.adminCommand({ replSetInitiate: { _id: "kinerja", members: [{ _id: 0, host: "mongo:27017" }] } });
} catch (error) {
  if (error.codeName !== "AlreadyInitialized") throw error;
}
for (let tries = 0; !admin.hello().isWritablePrimary; tries++) {
  if (tries > 600) throw new Error("no primary after a minute");
  sleep(100);
}
for (const name of ["directory", "attendance", "appraisal", "feedback", "reporting"]) {
  const database = admin.getSiblingDB(name);
  const user = { pwd: password(name.toUpperCase()), roles: [{ role: "readWrite", db: name }] };
  if (database.getUser(name)) database.updateUser(name, user);
  else database.createUser({ user: name, ...user });
}
print("the replica set and its users are in place");
