/** A box as the browser drew it, in the picture's own pixels. */
export interface DrawnBox {
  readonly key: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly DrawnText[];
}

export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

declare global {
  interface Window {
    /** For people and tests that check the picture: where everything was really drawn. */
    honmaruMap?: () => readonly DrawnBox[];
  }
}

/** Measures the picture as it stands in the page, whatever fonts the browser took. */
export function drawnGeometry(): readonly DrawnBox[] {
  const viewport = document.querySelector('.react-flow__viewport');
  if (!viewport) return [];
  const matrix = new DOMMatrixReadOnly(getComputedStyle(viewport).transform);
  const origin = viewport.getBoundingClientRect();
  const place = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return {
      x: (left - origin.left) / matrix.a,
      y: (top - origin.top) / matrix.a,
      width: width / matrix.a,
      height: height / matrix.a,
    };
  };
  return [...document.querySelectorAll<HTMLElement>('.map-box')].map((box) => ({
    key: box.dataset.key ?? '',
    kind: box.dataset.kind ?? '',
    ...place(box),
    texts: [...box.querySelectorAll('.map-label')].map((label) => ({
      text: label.textContent ?? '',
      ...place(label),
    })),
  }));
}
