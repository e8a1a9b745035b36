import { formatRange } from "@/lib/days";
import type { TagTrend, TagTrends } from "@/lib/topics/tag-trends";
import { formatPapers } from "@/lib/words/paper-counts";
import { Bars } from "./bars";
import { ChartTable, FoundLink, formatShare, linkTo } from "./chart-table";

/** A small chart for each tag. All cover the same weeks; each has its own scale. */
export function TagsChart({ trends }: { trends: TagTrends }) {
  return (
    <>
      <TagList title="Rising" tags={trends.rising} trends={trends} />
      <TagList title="Falling" tags={trends.falling} trends={trends} />
      {trends.rising.length + trends.falling.length > 0 && <TagsTable trends={trends} />}
    </>
  );
}

function TagList({ title, tags, trends }: { title: string; tags: TagTrend[]; trends: TagTrends }) {
  return (
    <>
      <h3 className="mt-5 font-semibold">{title}</h3>
      {tags.length === 0 ? (
        <p className="mt-1 text-soft">No significant change.</p>
      ) : (
        <ul className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(min(100%,10rem),1fr))] gap-x-6">
          {tags.map((tag) => (
            <TagItem key={tag.name} tag={tag} trends={trends} />
          ))}
        </ul>
      )}
    </>
  );
}

function TagItem({ tag, trends: { now, before, spans } }: { tag: TagTrend; trends: TagTrends }) {
  const shares = tag.series.map((papers, at) => papers / (spans[at]?.papers || 1));
  const share = tag.now.papers / now.papers;
  const shareBefore = tag.before.papers / before.papers;
  return (
    <li className="row-span-3 grid break-inside-avoid grid-rows-subgrid pb-6">
      <a href={linkTo(tag.now)} className="row-span-3 grid grid-rows-subgrid">
        <span className="self-end font-text text-lg/6 wrap-anywhere">{tag.name}</span>
        <span className="mt-2 block h-12 border-edge border-b text-edge">
          <Bars values={shares} max={Math.max(...shares)} line={shareBefore} />
        </span>
        <span className="mt-1 flex flex-wrap content-start justify-between gap-x-2 text-soft text-xs tabular-nums">
          <span>{formatShare(shareBefore)} before</span>
          <span className="text-ink">{formatShare(share)} now</span>
          <span className="basis-full text-right">{formatPapers(tag.now.papers)}</span>
        </span>
      </a>
    </li>
  );
}

function TagsTable({ trends: { now, before, spans, rising, falling } }: { trends: TagTrends }) {
  const nowName = formatRange(now.from, now.to);
  const beforeName = formatRange(before.from, before.to);
  return (
    <ChartTable
      name="tags"
      caption="Rising and falling tags: papers with each tag, and their share of all papers in that period"
    >
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col" className="text-right">
            Papers
            <br />
            {nowName}
          </th>
          <th scope="col" className="text-right">
            Share
          </th>
          <th scope="col" className="text-right">
            Papers
            <br />
            {beforeName}
          </th>
          <th scope="col" className="text-right">
            Share
          </th>
          {spans.map(({ from }) => (
            <th key={from} scope="col" className="text-right">
              Four weeks from
              <br />
              {formatRange(from, from)}
            </th>
          ))}
        </tr>
      </thead>
      {[
        { title: "Rising", tags: rising },
        { title: "Falling", tags: falling },
      ].map(
        ({ title, tags }) =>
          tags.length > 0 && (
            <tbody key={title}>
              <tr>
                <th scope="rowgroup" colSpan={5 + spans.length} className="pt-3 font-semibold">
                  {title}
                </th>
              </tr>
              {tags.map((tag) => (
                <tr key={tag.name}>
                  <th scope="row">{tag.name}</th>
                  <td>
                    <FoundLink found={tag.now} name={`${tag.name}, ${nowName}`} />
                  </td>
                  <td>{formatShare(tag.now.papers / now.papers)}</td>
                  <td>
                    <FoundLink found={tag.before} name={`${tag.name}, ${beforeName}`} />
                  </td>
                  <td>{formatShare(tag.before.papers / before.papers)}</td>
                  {spans.map(({ from, papers }, at) => (
                    <td key={from}>{papers > 0 && formatShare((tag.series[at] ?? 0) / papers)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          ),
      )}
      <tfoot>
        <tr>
          <th scope="row">All papers</th>
          <td>
            <FoundLink found={now} name={nowName} />
          </td>
          <td />
          <td>
            <FoundLink found={before} name={beforeName} />
          </td>
          <td />
          {spans.map((span) => (
            <td key={span.from}>
              <FoundLink found={span} name={formatRange(span.from, span.to)} />
            </td>
          ))}
        </tr>
      </tfoot>
    </ChartTable>
  );
}
