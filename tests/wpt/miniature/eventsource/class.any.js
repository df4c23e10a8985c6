// META: title=the class
// META: global=window,worker
test(() => assert_equals(EventSource.standIn, true, 'EventSource.standIn'), 'the build is in place');
