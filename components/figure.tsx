import { pictureName } from "@/lib/media/store";
import type { Figure } from "@/lib/paper";
import { toSpoken } from "@/lib/tex/typeset";

const addressOf = (hash: string, size: "small" | "large") => `/media/${pictureName(hash, size)}`;

/** A paper's first picture on its card. The setting Pictures hides it by `data-figure`. */
export function CardFigure({ figure, title }: { figure: Figure; title: string }) {
  return (
    // biome-ignore lint/performance/noImgElement: it has its final size already
    <img
      data-figure
      src={addressOf(figure.hash, "small")}
      width={112}
      height={76}
      loading="lazy"
      decoding="async"
      alt={`Figure from ${toSpoken(title)}`}
      className="h-19 w-28 shrink-0 rounded-sm border border-rule bg-white object-cover opacity-90"
    />
  );
}

/** The pictures on a paper's page, each with a link to its file. Nothing without any. */
export function Figures({ figures, title }: { figures: Figure[]; title: string }) {
  if (figures.length === 0) return null;
  return (
    <section data-figure aria-label="Figures" className="mt-8 grid gap-5 print:hidden">
      {figures.map(({ hash, width, height }, index) => (
        <a key={hash} href={addressOf(hash, "large")} className="w-fit">
          {/* biome-ignore lint/performance/noImgElement: it has its final size already */}
          <img
            src={addressOf(hash, "large")}
            width={width}
            height={height}
            loading="lazy"
            decoding="async"
            alt={`Figure${figures.length > 1 ? ` ${index + 1}` : ""} from ${toSpoken(title)}`}
            className="h-auto rounded-sm border border-rule bg-white opacity-90"
          />
        </a>
      ))}
    </section>
  );
}
