// The global object, to look up by name what may be missing there, or is just being declared by the script that imports this package.

export const global = typeof globalThis === 'object' ? globalThis : self;
