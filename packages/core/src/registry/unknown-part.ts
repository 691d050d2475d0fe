import { PareError } from '../errors/pare-error.ts';
import { byNearness, nearMisses } from '../text/near-misses.ts';
import { knownNames, knownPackage } from './known-packages.ts';
import type { Kind } from './kinds.ts';

/** The error for a name that no plugin in use brings: nearest names first, and which package to add. */
export function unknownPart(
  kind: Kind,
  name: string,
  parts: readonly { readonly name: string }[],
  place: string,
): PareError {
  const here = new Set(parts.map((part) => part.name));
  const at = place ? ` (at "${place}")` : '';
  const owner = knownPackage(kind, name);
  if (owner) {
    return new PareError(
      'UNKNOWN_NAME',
      `The ${kind} "${name}"${at} is in the package "${owner}", which is not in use. Add it to "plugins"; if it is not installed, run: npm install ${owner}`,
    );
  }
  const near = nearMisses(name, [...here, ...knownNames(kind)]).map((each) =>
    here.has(each) ? `"${each}"` : `"${each}" (in ${knownPackage(kind, each)})`,
  );
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  const list = here.size > 0 ? byNearness(name, here).join(', ') : 'none';
  return new PareError(
    'UNKNOWN_NAME',
    `No plugin in use brings the ${kind} "${name}"${at}.${meant} Known: ${list}. Others come with their package in "plugins".`,
  );
}
