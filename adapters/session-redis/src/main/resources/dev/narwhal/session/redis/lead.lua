-- ARGV: who asks, for how many milliseconds; 0 to let go.
local leader = redis.call('GET', prefix .. 'leader')
if leader and leader ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', prefix .. 'leader') end
if leader then return redis.call('PEXPIRE', prefix .. 'leader', ARGV[2]) end
-- A Redis without memory refuses this; then everybody leads, since ending sessions is what makes room, and each is taken once all the same.
redis.pcall('SET', prefix .. 'leader', ARGV[1], 'PX', ARGV[2])
return 1
