export function SiteFooter() {
  return (
    <footer className="mx-auto w-full max-w-4xl px-4 py-6 text-faint text-xs sm:px-8 print:hidden">
      <p className="border-rule border-t pt-4">
        Thank you to arXiv for use of its open access interoperability. Papers belong to their authors, this
        library to you.
      </p>
    </footer>
  );
}
