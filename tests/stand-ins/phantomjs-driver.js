// Runs inside PhantomJS, as its script: opens the pages that it is told to over HTTP, on the port of its first argument.
//   GET /version -> {version}
//   POST /open URL -> {} once the page has begun to load; the page before it is closed by then

/* global phantom, require */

var system = require('system');
var webpage = require('webpage');
var server = require('webserver').create();

var page = null;

var paths = {
  '/version': function () {
    var version = phantom.version;
    return { version: version.major + '.' + version.minor + '.' + version.patch };
  },
  '/open': function (url) {
    if (page) page.close();
    page = webpage.create();
    page.onConsoleMessage = function (message) {
      console.log('console: ' + message);
    };
    page.onError = function (message) {
      console.log('error: ' + message);
    };
    // It loads nothing while it answers.
    setTimeout(function () {
      page.open(url);
    }, 0);
    return {};
  },
};

server.listen('127.0.0.1:' + system.args[1], function (request, response) {
  var body = JSON.stringify(paths[request.url](request.post));
  response.statusCode = 200;
  response.headers = { 'Content-Type': 'application/json', 'Content-Length': body.length, Connection: 'close' };
  response.write(body);
  response.close();
});
