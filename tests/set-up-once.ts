import { setUp } from "../scripts/setup/setup.mjs";

// Tests run the programs; these must be bundled before, and once.
export default () => setUp();
