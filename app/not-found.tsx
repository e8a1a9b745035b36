import { PageNotFound } from "@/components/not-found-views";

export default PageNotFound;
