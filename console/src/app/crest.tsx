/** The mark of the product: a keep with its rings. */
export function Crest({ size = 22 }: { readonly size?: number }) {
  return (
    <svg className="crest" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <circle cx="12" cy="12" r="11" />
      <circle cx="12" cy="12" r="7.5" />
      <path d="M7.8 16v-4l1.6-1.2V9.2L12 7l2.6 2.2v1.6l1.6 1.2v4z" />
    </svg>
  );
}
