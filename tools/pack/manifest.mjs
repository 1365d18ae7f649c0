// @ts-check

/**
 * The package.json of what is packed: everything compiled, nothing that points at sources.
 *
 * @param {Record<string, unknown>} manifest
 */
export function packedManifest(manifest) {
  const admin = './dist/admin/admin/index.js';
  return {
    ...manifest,
    exports: {
      './package.json': './package.json',
      './strapi-admin': { import: admin, default: admin },
      './strapi-server': {
        types: './dist/server/index.d.ts',
        require: './dist/server/index.js',
        default: './dist/server/index.js',
      },
    },
    files: ['dist', 'server', 'README.md', 'LICENSE'],
  };
}
