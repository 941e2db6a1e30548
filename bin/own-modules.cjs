// Our own modules name each other by relative path with extension, so nothing needs to be searched: skipping
// Node's search saves a fifth of the start. A file that is missing is still said, when it is read.
'use strict';

var fs = require('fs');
var path = require('path');

var root = path.join(__dirname, '..');
var folder = path.join(root, fs.existsSync(path.join(root, 'src')) ? 'src' : 'dist');
var own = require('url').pathToFileURL(folder).href + '/';
var formats = { '.ts': 'module-typescript', '.js': 'module' };

require('module').registerHooks({
  resolve: (specifier, context, next) => {
    var format = formats[specifier.slice(-3)];
    if (format && specifier.charCodeAt(0) === 46 && context.parentURL && context.parentURL.startsWith(own)) {
      return { url: new URL(specifier, context.parentURL).href, format: format, shortCircuit: true };
    }
    return next(specifier, context);
  },
});
