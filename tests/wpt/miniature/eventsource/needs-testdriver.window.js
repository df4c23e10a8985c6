// META: script=/resources/testdriver.js
test(() => {}, 'is not run');
