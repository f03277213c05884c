/**
 * What only shows the shape of a credential, as documentation does: the key id of AWS's own examples, an alphabet in alternating
 * case, one letter over and over and then another. Nobody draws a key like that.
 */
const madeUp = [/^A(?:KIA|SIA)IOSFODNN7[A-Z]{7}$/, /aBcDeFgHiJkLmNoPqRsT/, /([A-Z])\1{11}-([A-Z])\2{11}/];

export function isPlaceholder(found: string): boolean {
  return madeUp.some((pattern) => pattern.test(found));
}
