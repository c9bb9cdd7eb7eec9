-- What changes on a follow is told by the row itself: no path that changes one can forget it.
-- Who says through what it came: `set_config('pangbai.origin', …, true)` in the transaction, `pangbai.by` for another member's hand, `pangbai.why` for a rule's name.
CREATE FUNCTION follows_tell() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  origin text := coalesce(nullif(current_setting('pangbai.origin', true), ''), 'wecom');
  by_user text := nullif(current_setting('pangbai.by', true), '');
  why text := nullif(current_setting('pangbai.why', true), '');
  moment timestamptz := greatest(NEW.edited_at, NEW.synced_at);
  added text[];
  removed text[];
BEGIN
  IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
    INSERT INTO follow_events (customer_id, user_id, kind, origin, by_user_id, detail, at)
    VALUES (NEW.customer_id, NEW.user_id, 'ended', origin, by_user, '{}', NEW.ended_at);
    RETURN NULL;
  END IF;
  IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL THEN
    INSERT INTO follow_events (customer_id, user_id, kind, origin, by_user_id, detail, at)
    VALUES (NEW.customer_id, NEW.user_id, 'returned', origin, by_user, json_build_object('addWay', NEW.add_way), greatest(moment, NEW.added_at));
  END IF;
  -- The first real reading of a tie that was only known to exist changes nothing.
  IF OLD.synced_at = 'epoch' THEN RETURN NULL; END IF;
  IF OLD.tag_ids IS DISTINCT FROM NEW.tag_ids THEN
    added := array(SELECT t FROM unnest(NEW.tag_ids) t WHERE t <> ALL (OLD.tag_ids));
    removed := array(SELECT t FROM unnest(OLD.tag_ids) t WHERE t <> ALL (NEW.tag_ids));
    IF added <> '{}' OR removed <> '{}' THEN
      INSERT INTO follow_events (customer_id, user_id, kind, origin, by_user_id, detail, at)
      VALUES (NEW.customer_id, NEW.user_id, 'tags', origin, by_user, json_build_object(
        'added', (SELECT coalesce(json_agg(coalesce(t.name, a.id)), '[]') FROM unnest(added) a(id) LEFT JOIN tags t ON t.id = a.id),
        'removed', (SELECT coalesce(json_agg(coalesce(t.name, a.id)), '[]') FROM unnest(removed) a(id) LEFT JOIN tags t ON t.id = a.id),
        'addedIds', to_json(added), 'removedIds', to_json(removed), 'why', why), moment);
    END IF;
  END IF;
  IF OLD.remark IS DISTINCT FROM NEW.remark THEN
    INSERT INTO follow_events (customer_id, user_id, kind, origin, by_user_id, detail, at)
    VALUES (NEW.customer_id, NEW.user_id, 'remark', origin, by_user, json_build_object('before', OLD.remark, 'after', NEW.remark), moment);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER follows_tell AFTER UPDATE ON follows FOR EACH ROW
WHEN (OLD.tag_ids IS DISTINCT FROM NEW.tag_ids OR OLD.remark IS DISTINCT FROM NEW.remark
  OR (OLD.ended_at IS NULL) IS DISTINCT FROM (NEW.ended_at IS NULL))
EXECUTE FUNCTION follows_tell();
--> statement-breakpoint
-- Readings for searching are made anew when what they are of has changed.
CREATE FUNCTION follows_unread() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER follows_unread BEFORE UPDATE ON follows FOR EACH ROW
WHEN (OLD.search IS NOT NULL AND (OLD.remark IS DISTINCT FROM NEW.remark OR OLD.salutation IS DISTINCT FROM NEW.salutation))
EXECUTE FUNCTION follows_unread();
--> statement-breakpoint
CREATE FUNCTION customers_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE follows SET search = NULL WHERE customer_id = NEW.id AND search IS NOT NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER customers_renamed AFTER UPDATE OF name ON customers FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION customers_renamed();
--> statement-breakpoint
UPDATE follows f SET touched_at = s.at FROM (
  SELECT customer_id, user_id, max(sent_at) AS at FROM sends WHERE outcome = 'ok' GROUP BY customer_id, user_id
) s WHERE s.customer_id = f.customer_id AND s.user_id = f.user_id;
--> statement-breakpoint
INSERT INTO stages (id, name, position, kind) VALUES
  ('new', '新客', 1, 'open'), ('talking', '沟通中', 2, 'open'), ('interested', '有意向', 3, 'open'),
  ('won', '已成交', 4, 'won'), ('again', '复购', 5, 'won'), ('lost', '流失', 6, 'lost');
--> statement-breakpoint
INSERT INTO note_templates (stage_id, title, body, position) VALUES
  ('new', '第一次聊', E'怎么认识我们：\n想看什么：\n尺码 / 偏好：', 1),
  ('talking', '需求', E'在意的点：\n预算：\n顾虑：', 2),
  ('interested', '意向', E'看中：\n还差什么：\n下一步：', 3),
  ('won', '成交', E'买了：\n为什么选它：\n回访什么：', 4),
  ('again', '复购', E'这次买：\n和上次比：\n下次推荐：', 5),
  ('lost', '流失', E'原因：\n什么时候可以再问：', 6),
  (NULL, '试穿反馈', E'试穿：\n合适 / 不合适：\n想换：', 7),
  (NULL, '售后', E'问题：\n答应了：\n什么时候办好：', 8);
