-- ARGV: number, context, id, created, accessed, touched, max; then name and bytes of each attribute.
local number, context, id = ARGV[1], ARGV[2], ARGV[3]
local session = prefix .. 'session:' .. number
local owner = redis.call('GET', id_key(context, id))
if owner == number then
    return redis.call('HGET', session, 'version') -- asked again, since the answer did not arrive
end
if owner or redis.call('EXISTS', session) == 1 then return false end
local version = next_version(0)
redis.call('HSET', session, 'context', context, 'id', id, 'created', ARGV[4], 'accessed', ARGV[5], 'touched', ARGV[6],
    'max', ARGV[7], 'version', version)
redis.call('SET', id_key(context, id), number)
redis.call('SADD', prefix .. 'contexts', context)
for i = 8, #ARGV, 2 do
    redis.call('HSET', session, '@' .. ARGV[i], version)
    redis.call('HSET', prefix .. 'values:' .. number, ARGV[i], ARGV[i + 1])
end
keep(number, context, id, ARGV[6], ARGV[7])
return version
