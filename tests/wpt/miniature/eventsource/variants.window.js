// META: timeout=long
// META: variant=?one
// META: variant=?two
test(() => assert_equals(location.search, '?one', 'location.search'), 'is of the first variant');
