// npm run build: what npm start does before it starts, for machines whose server may not write the program's folder.
import { loadEnvFile, nodeTooOld, root, setUp, stop } from "./setup/setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
process.chdir(root);
loadEnvFile();
await setUp({ build: true });
