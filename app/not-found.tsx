import { PageNotHere } from "@/components/not-here";

export default PageNotHere;
