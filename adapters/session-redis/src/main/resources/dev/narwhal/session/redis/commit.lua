-- ARGV: number, accessed, touched, max or nothing; then of each attribute name, '+' or '-', bytes.
local number = ARGV[1]
local session = prefix .. 'session:' .. number
local meta = redis.call('HMGET', session, 'version', 'accessed', 'touched', 'max', 'context', 'id')
if not meta[1] then return false end
local accessed = tonumber(ARGV[2]) > tonumber(meta[2]) and ARGV[2] or meta[2]
local touched = tonumber(ARGV[3]) > tonumber(meta[3]) and ARGV[3] or meta[3]
local max = ARGV[4] ~= '' and ARGV[4] or meta[4]
local version = #ARGV > 4 and next_version(meta[1]) or meta[1]
redis.call('HSET', session, 'version', version, 'accessed', accessed, 'touched', touched, 'max', max)
for i = 5, #ARGV, 3 do
    if ARGV[i + 1] == '+' then
        redis.call('HSET', session, '@' .. ARGV[i], version)
        redis.call('HSET', prefix .. 'values:' .. number, ARGV[i], ARGV[i + 2])
    else
        redis.call('HDEL', session, '@' .. ARGV[i])
        redis.call('HDEL', prefix .. 'values:' .. number, ARGV[i])
    end
end
keep(number, meta[5], meta[6], touched, max)
return {meta[1], version}
