/** A plugin's names in the template; each is replaced by the author's. The longest comes first. */
const templateNames = ['pare-method-my-method', 'my-method', 'myMethod'];

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const packageName = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

/** Thrown for input that cannot be worked with; the message is for the person at the terminal. */
export class InputError extends Error {}

/** The names of a plugin whose method is called `name`; the package is `pare-method-<name>` where it has no other name. */
export function pluginNames(name, packageAs = `pare-method-${name}`) {
  if (!kebabCase.test(name)) {
    throw new InputError(
      `--name must be words in lower case with "-" between them, such as my-method; received "${name}".`,
    );
  }
  if (!packageName.test(packageAs)) {
    throw new InputError(`--package must be a name for npm; received "${packageAs}".`);
  }
  const camelCase = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return { package: packageAs, method: name, camelCase };
}

/** A text of the template with the author's names. */
export function withNames(text, names) {
  const own = [names.package, names.method, names.camelCase];
  const pattern = new RegExp(templateNames.join('|'), 'g');
  return text.replace(pattern, (found) => own[templateNames.indexOf(found)]);
}
