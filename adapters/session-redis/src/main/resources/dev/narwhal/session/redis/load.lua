-- ARGV: context, id; the number that the caller expects, the version of it that it knows, the version whose successors it wants;
-- then names and versions of attributes that it has and that cannot be older here unless Redis has lost writes.
local number = redis.call('GET', id_key(ARGV[1], ARGV[2]))
if not number then return false end
local session = prefix .. 'session:' .. number
local meta = redis.call('HMGET', session, 'version', 'created', 'accessed', 'touched', 'max')
if not meta[1] then return false end
local from = 0
if number == ARGV[3] then
    from = tonumber(ARGV[5])
    local newest = tonumber(ARGV[4])
    local lost = newest > tonumber(meta[1])
    for i = 6, #ARGV, 2 do
        local version = redis.call('HGET', session, '@' .. ARGV[i])
        lost = lost or version and tonumber(version) < tonumber(ARGV[i + 1])
        newest = math.max(newest, tonumber(ARGV[i + 1]))
    end
    if lost then
        -- Somebody remembers writes that were lost. All of it gets a version that nobody can know, so that everybody reads it.
        meta[1] = next_version(math.max(newest, tonumber(meta[1])))
        redis.call('HSET', session, 'version', meta[1])
        for _, field in ipairs(redis.call('HKEYS', session)) do
            if string.sub(field, 1, 1) == '@' then redis.call('HSET', session, field, meta[1]) end
        end
        from = 0
    end
end
local reply = {number, meta[1], meta[2], meta[3], meta[4], meta[5]}
if tonumber(meta[1]) ~= from then
    reply[7], reply[8] = attributes(number, from)
    if not reply[7] then return false end
end
return reply
