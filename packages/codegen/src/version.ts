/** Version of the generator, as generated files name it; a test holds it to package.json. */
export const VERSION = '0.1.0'
