-- KEYS: id. ARGV: prefix, context, id, created, accessed, touched, max, expiry, life in ms, then name and value of each attribute.
-- Numbers and versions follow the clock, so that none is given again after Redis has lost its last writes.
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local prefix = ARGV[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local number = math.max(tonumber(redis.call('GET', prefix .. 'last') or 0) + 1, now)
number = string.format('%.0f', number)
local version = string.format('%.0f', now)
redis.call('SET', prefix .. 'last', number)
redis.call('SET', KEYS[1], number)
redis.call('HSET', prefix .. 's:' .. number, 'version', version, 'context', ARGV[2], 'id', ARGV[3], 'key', KEYS[1],
    'created', ARGV[4], 'accessed', ARGV[5], 'touched', ARGV[6], 'max', ARGV[7])
for i = 10, #ARGV, 2 do
    redis.call('HSET', prefix .. 'v:' .. number, ARGV[i], version)
    redis.call('HSET', prefix .. 'a:' .. number, ARGV[i], ARGV[i + 1])
end
redis.call('ZADD', prefix .. 'e:' .. ARGV[2], ARGV[8], number)
if ARGV[9] ~= '' then
    for _, key in ipairs({KEYS[1], prefix .. 's:' .. number, prefix .. 'v:' .. number, prefix .. 'a:' .. number}) do
        redis.call('PEXPIRE', key, ARGV[9])
    end
end
return {number, version}
