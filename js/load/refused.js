// Errors of loading, which say of which file.

/**
 * @param {string} file its URL, or what it is called
 * @returns {(error: any) => never} for a promise's catch()
 */
export function refused(file) {
  return (error) => {
    throw new Error(`${file}: ${error.message}`);
  };
}
