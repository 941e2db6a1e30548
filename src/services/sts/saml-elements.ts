import type { XmlElement } from '../../wire/codec/xml-parse.ts';

/** The elements of a name below an element, at any depth, itself included. */
export function elementsNamed(root: XmlElement, name: string): readonly XmlElement[] {
  const below = root.children.flatMap((child) => elementsNamed(child, name));
  return root.name === name ? [root, ...below] : below;
}

/** The child elements of a name. */
export function childrenNamed(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** The text of the first child of a name. */
export function textOf(parent: XmlElement | undefined, name: string): string | undefined {
  return parent && childrenNamed(parent, name)[0]?.text.trim();
}
